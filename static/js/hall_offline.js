/* Keeps this meeting's console so that it opens again without a network (https or localhost only, else it says so); the backup file;
   the clock of the meeting; a question before somebody signs out with things unsent. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var page = Hall["page"], draw = Hall["draw"];
  var timer = document.querySelector("[data-timer]");

  function minutes(from, to) { return Math.floor((to - from) / 60000); }
  function tick() {
    var opened = timer.dataset.opened ? new Date(timer.dataset.opened) : null;
    if (!opened || timer.dataset.ended || !draw) return;
    var now = new Date(), planned = timer.dataset.planned ? new Date(timer.dataset.planned) : null;
    var says = [draw.fill(timer.dataset.run, { n: Math.max(0, minutes(opened, now)) })];
    if (planned && minutes(now, planned) < 24 * 60) says.push(now > planned ? draw.fill(timer.dataset.over, { n: minutes(planned, now) }) : draw.fill(timer.dataset.left, { n: minutes(now, planned) }));
    timer.textContent = says.join("　");
    timer.classList.toggle("over", !!planned && now > planned);
  }
  if (timer) { tick(); window.setInterval(tick, 20000); }
  if (!page || page["recorder"]) return;
  var base = page["given"].dataset.base, name = "hall:" + base;

  function save() {
    Hall["box"]["all"](page["hall"]).then(function (entries) {
      var file = { format: "yishiting-hall", version: 1, code: page["seen"]()["code"], title: page["seen"]()["title"], device: entries.length ? entries[0]["device"] : "", saved_at: new Date().toISOString(), entries: entries.map(function (one) { return { key: one["key"], seq: one["seq"], kind: one["kind"], at: one["at"], facts: one["facts"] }; }) };
      var link = draw["element"]("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
      link.download = draw["nets"]["file"] + "-" + new Date().toISOString().slice(0, 16).replace(/[T:]/g, "") + ".json";
      document.body.appendChild(link);
      link.click();
      link.remove();
    });
  }
  document.querySelector("[data-save]").addEventListener("click", save);
  document.querySelector("[data-again]").href = page["given"].dataset.signIn;

  function shell() {
    var files = Array.from(document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src]')).map(function (one) { return one.href || one.src; });
    return Array.from(new Set(files));
  }
  function keepPage() {
    if (!window.caches) return Promise.resolve();
    return fetch(base + "console", { credentials: "same-origin", headers: { Accept: "text/html" } }).then(function (response) {
      if (!response.ok || response.redirected) return null;
      return window.caches.open(name).then(function (kept) {
        return kept.put(base + "console", response).then(function () {
          return Promise.all(shell().map(function (file) {
            var at = new URL(file);
            return fetch(file).then(function (found) { return found.ok ? kept.put(at.pathname + at.search, found) : null; });
          }));
        });
      });
    });
  }
  function dropPage() {
    if (window.caches) window.caches.delete(name);
    if (navigator.serviceWorker) navigator.serviceWorker.getRegistrations().then(function (all) {
      all.forEach(function (one) { if (new URL(one.scope).pathname === base) one.unregister(); });
    });
  }
  var can = "serviceWorker" in navigator && window["isSecureContext"];
  document.querySelector("[data-insecure]").hidden = !!can;
  function ready() { document.body.dataset.offline = "ready"; }
  try { window.localStorage.setItem("hall-kept", String(page["seen"]()["who"] || "")); } catch (full) { can = can && true; }
  if (can && page["seen"]()["state"] !== "ended") {
    if (navigator.storage && navigator.storage["persist"]) navigator.storage["persist"]();
    navigator.serviceWorker.register(base + "worker.js", { scope: base }).then(function () { return navigator.serviceWorker.ready; }).then(keepPage).then(ready, function () {});
  } else if (can) {
    Hall["box"]["all"](page["hall"]).then(function (entries) { if (!entries.length) dropPage(); });
  }
  var asked = false;
  document.querySelectorAll('form[action*="sign-out"]').forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (asked || !page["own"]["unsent"].length) return;
      event.preventDefault();
      asked = true;
      Hall["told"]("leave");
      document.querySelector("[data-net]").scrollIntoView({ block: "center" });
    });
  });
})();
