/* The recorder in one file: nothing is sent; what is written is kept in this browser and saved into a file as often as wished,
   as data to bring home or as this very file with everything in it, to go on elsewhere. Runs before console.js. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var given = document.getElementById("hall");
  var holder = document.getElementById("kept");
  var seen = JSON.parse(given.dataset.hall);
  var kept = JSON.parse(holder.textContent || "null") || { device: "", entries: [] };
  var words = document.getElementById("recorder-words").dataset;
  Hall["named"] = "recorder:" + seen["code"] + ":" + (kept["device"] || given.dataset.recorder);
  Hall["restored"] = kept["entries"].length ? Hall["box"]["restore"](Hall["named"], kept["device"], kept["entries"]) : Promise.resolve();
  var saved = kept["entries"].length;

  function stamp() {
    var now = new Date();
    function two(n) { return String(n).padStart(2, "0"); }
    return now.getFullYear() + two(now.getMonth() + 1) + two(now.getDate()) + "-" + two(now.getHours()) + two(now.getMinutes());
  }
  function contents() {
    return Hall["box"]["all"](Hall["named"]).then(function (entries) {
      return {
        format: "yishiting-hall", version: 1, code: seen["code"], title: seen["title"], saved_at: new Date().toISOString(),
        device: entries.length ? entries[0]["device"] : "",
        entries: entries.map(function (one) { return { key: one["key"], seq: one["seq"], kind: one["kind"], at: one["at"], facts: one["facts"] }; })
      };
    });
  }
  function hand(text, type, ending, count) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = words["file"] + "-" + stamp() + ending;
    document.body.appendChild(link);
    link.click();
    link.remove();
    saved = count;
    tell();
  }
  function asData() {
    return contents().then(function (file) { hand(JSON.stringify(file, null, 1), "application/json", ".json", file["entries"].length); });
  }
  /* This page as text, read and never written back into it, with what is kept in its place. */
  function asPage() {
    return contents().then(function (file) {
      var copy = document.documentElement.cloneNode(true);
      copy.querySelector("#kept").textContent = JSON.stringify(file).replace(/</g, "\\u003c");
      copy.querySelectorAll("textarea").forEach(function (one) { one.textContent = ""; });
      copy.querySelectorAll(".log, .roll-people, [data-hands-list]").forEach(function (one) { one.replaceChildren(); });
      hand("<!doctype html>\n" + copy["outerHTML"], "text/html", ".html", file["entries"].length);
    });
  }
  function tell() {
    Hall["box"]["all"](Hall["named"]).then(function (entries) {
      var left = entries.length - saved;
      document.querySelector("[data-kept-count]").textContent = words.count.replace("{n}", entries.length) + (left > 0 ? words.left.replace("{n}", left) : entries.length ? words.none : "");
    });
  }
  document.querySelector("[data-save-data]").addEventListener("click", asData);
  document.querySelector("[data-save-page]").addEventListener("click", asPage);
  document.querySelector("[data-end]").addEventListener("click", function () { Hall["page"]["keep"]("end", {}).then(asData); });
  document.addEventListener("kept", tell);
  window.setInterval(tell, 5000);
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("[data-kept-count]").textContent.indexOf(words.left.split("{n}")[0]) === -1) return;
    event.preventDefault();
    event.returnValue = words["leave"];
  });
  Hall["restored"].then(tell);
})();
