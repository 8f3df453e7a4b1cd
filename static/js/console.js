/* The scribe's page by keyboard: number + space changes the speaker, Enter takes the line down without loading anew, Ctrl+M marks it
   as a remark, Alt + number changes the point, Alt + ↑ mends the last line, Ctrl+Z in an empty box takes the last one back. Every
   thing is kept in this browser first (hall_box.js) and sent from there (hall_sync.js). Without this script the same form works. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var form = document.querySelector("form[data-console]");
  var given = document.getElementById("hall");
  if (!form || !given || !window.fetch || !window.crypto || !window.indexedDB || !Hall["box"]) return;
  var seen = JSON.parse(given.dataset.hall);
  var recorder = given.dataset.recorder !== undefined;
  var hall = Hall["named"] || String(seen["id"]);
  var box = form.querySelector("textarea[name=text]");
  var other = form.querySelector("input[name=speaker]");
  var marked = form.querySelector("input[name=as_remark]");
  var attitude = form.querySelector("select[name=attitude]");
  var label = form.querySelector('label[for="text"]');
  var plain = label.textContent;
  var now = document.querySelector("[data-now]");
  var own = { item: firstItem(), number: null, state: "safe", unsent: [], recorder: recorder, asks: given.dataset.asks, mends: null, key: Hall["hex"](), before: "" };
  var view = Hall["view"](seen, []);
  var draft = "hall-typing-" + hall, mine = [], timer = 0, sent = "";

  function firstItem() {
    var wanted = form.querySelector("input[name=item]").value;
    var found = seen["agenda"].find(function (one) { return String(one["id"]) === wanted; });
    return found ? found["id"] : seen["agenda"].length ? seen["agenda"][0]["id"] : null;
  }
  function speaker() { return form.querySelector("input[name=number]:checked"); }
  function person(number) { return view["sheet"].find(function (one) { return one["n"] === number; }); }
  function choose(number) {
    var radio = form.querySelector('input[name=number][value="' + number + '"]');
    if (!radio) return false;
    radio.checked = true;
    tell();
    return true;
  }
  function tell() {
    var radio = speaker(), who = radio && person(parseInt(radio.value, 10));
    own["number"] = radio ? parseInt(radio.value, 10) : null;
    var name = who ? who["n"] + "　" + who["name"] + (who["seat"] ? "　" + who["seat"] : "") : radio ? radio.closest("label").innerText.replace(/\s+/g, "　") : plain;
    label.textContent = own["mends"] ? Hall["draw"]["words"]["mendAny"] + "：" + name : name;
    document.body.classList.toggle("mending", !!own["mends"]);
    if (other) other.closest(".field").hidden = own["number"] !== 0;
  }
  function reread() {
    return Hall["box"]["all"](hall).then(function (entries) {
      own["unsent"] = entries;
      view = Hall["view"](seen, entries);
      if (own["item"] !== null && !view["agenda"].some(function (one) { return one["id"] === own["item"]; })) adopt();
      var chosen = speaker();
      own["number"] = chosen ? parseInt(chosen.value, 10) : own["number"];
      Hall["draw"]["all"](view, own);
      if (Hall["drawRoll"]) Hall["drawRoll"](view, own);
      tell();
      return view;
    });
  }
  /* A point made here has got its number from the server meanwhile. */
  function adopt() {
    var same = view["agenda"].find(function (one) { return one["title"] === own["title"]; });
    own["item"] = same ? same["id"] : null;
  }
  function keep(kind, facts, key) {
    return Hall["box"]["write"](hall, kind, facts, key).then(function (entry) {
      if (!recorder) Hall["sync"]["soon"]();
      return reread().then(function () { return entry; });
    }, function (fault) {
      own["state"] = "broken";
      Hall["draw"]["all"](view, own);
      throw fault;
    });
  }
  function point() {
    var found = view["agenda"].find(function (one) { return one["id"] === own["item"]; });
    return !found ? {} : found["key"] ? { item_key: found["key"] } : { item: found["id"] };
  }
  function words() {
    var number = parseInt(speaker().value, 10), who = person(number);
    var facts = { text: box.value, number: who ? number : null, name: who ? who["name"] : other ? other.value.trim() : "" };
    if (who && who["key"]) facts["guest"] = who["key"];
    if (marked && marked.checked) facts["as_remark"] = true;
    if (attitude && attitude.value) facts["attitude"] = attitude.value;
    return Object.assign(facts, point());
  }
  function clear() {
    box.value = own["before"];
    own["before"] = "";
    own["mends"] = null;
    if (marked) marked.checked = false;
    if (attitude) attitude.value = "";
    tell();
    box.focus();
  }
  function take() {
    if (!box.value.trim() || !speaker()) { (speaker() ? box : form.querySelector("input[name=number]")).focus(); return; }
    if (speaker().value === "0" && other && !other.value.trim()) { other.focus(); return; }
    var facts = words(), mends = own["mends"], typed = box.value;
    if (own["back"] && typed !== own["back"]) own["key"] = Hall["hex"]();  /* what came back into the box may have been kept before */
    own["back"] = "";
    var key = own["key"];
    if (mends) { facts["target"] = mends["key"]; facts["revision"] = mends["revision"]; }
    else { own["key"] = Hall["hex"](); mine.push(key); }
    clear();
    keep(mends ? "mend" : "line", facts, mends ? undefined : key).then(function () {
      if (!mends) typedSoFar();
      box.dispatchEvent(new Event("kept", { bubbles: true }));
    }, function () { box.value = typed + box.value; });
  }
  /* What is being typed: at once in this browser, a little later on the server. */
  function typedSoFar() {
    if (own["mends"]) return;
    var radio = speaker(), number = radio ? parseInt(radio.value, 10) : null;
    var what = { key: own["key"], text: box.value, number: number, name: other ? other.value : "", item: typeof own["item"] === "number" ? own["item"] : null };
    try { if (box.value) window.localStorage.setItem(draft, JSON.stringify(what)); else window.localStorage.removeItem(draft); } catch (full) { sent = ""; }
    window.clearTimeout(timer);
    if (!recorder) timer = window.setTimeout(function () { if (what["text"] !== sent) { sent = what["text"]; Hall["sync"].scratch(what); } }, box.value ? 1200 : 0);
  }
  function goOn() {
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(draft) || "null"); } catch (broken) { kept = null; }
    var first = form.querySelector("input[name=key]").value;
    if (/^[0-9a-f]{32}$/.test(first) && box.value) own["key"] = first;
    if (!kept || !kept["text"] || view["lines"].some(function (one) { return one["key"] === kept["key"]; })) return;
    own["key"] = kept["key"];
    own["back"] = kept["text"];
    box.value = kept["text"];
    if (other && kept["name"]) other.value = kept["name"];
    if (kept["number"] !== null) choose(kept["number"]);
  }
  function mend(key) {
    var line = view["lines"].find(function (one) { return one["key"] === key; });
    if (!line || line["state"] !== "draft") return;
    if (!own["mends"]) own["before"] = box.value;
    own["mends"] = { key: line["key"], revision: line["revision"] };
    box.value = line["text"];
    if (!choose(line["number"] === null ? 0 : line["number"])) tell();
    if (line["number"] === null && other) other.value = line["name"];
    if (line["item"] !== null) goTo(line["item"], true);
    if (marked) marked.checked = line["as_remark"];
    if (attitude) attitude.value = line["attitude"];
    box.focus();
  }
  function takeBack() {
    var last = view["lines"].filter(function (one) { return mine.indexOf(one["key"]) !== -1 && one["state"] === "draft"; }).pop();
    if (last) { keep("strike", { target: last["key"], revision: last["revision"], text: last["text"] }); return; }
    if (recorder || own["unsent"].length) return;
    var back = document.getElementById("undo");
    fetch(back.action, { method: "POST", body: new URLSearchParams(new FormData(back)), headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function () { Hall["sync"]["soon"](); }, function () {});
  }
  function goTo(item, quietly) {
    var found = view["agenda"].find(function (one) { return String(one["id"]) === String(item); });
    if (!found) return;
    own["item"] = found["id"];
    own["title"] = found["title"];
    form.querySelector("input[name=item]").value = found["key"] ? "" : found["id"];
    now.textContent = found["title"];
    document.querySelectorAll("[data-place]").forEach(function (one) { one.hidden = one.dataset.place !== String(found["id"]); });
    if (!quietly) keep("point", point());
    Hall["draw"]["all"](view, own);
    box.focus();
  }
  form.addEventListener("submit", function (event) {
    if (own["state"] === "broken" && !recorder) return;
    event.preventDefault();
    take();
  });
  box.addEventListener("input", function () {
    var number = /^(\d{1,3})[ \u3000]$/.exec(box.value);
    if (number && choose(String(parseInt(number[1], 10)))) box.value = "";
    typedSoFar();
  });
  box.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    var key = event.key.toLowerCase();
    if (event.key === "Enter" && !event.shiftKey) form.requestSubmit();
    else if (event.ctrlKey && key === "m" && marked) marked.checked = !marked.checked;
    else if (event.ctrlKey && key === "z" && !box.value) takeBack();
    else if (event.altKey && event.key === "ArrowUp" && view["lines"].length) mend(view["lines"][view["lines"].length - 1]["key"]);
    else if (event.key === "Escape" && own["mends"]) clear();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    var digit = event.altKey && /^(?:Digit|Numpad)([1-9])$/.exec(event.code || "");
    if (digit && view["agenda"][digit[1] - 1]) { event.preventDefault(); goTo(view["agenda"][digit[1] - 1]["id"]); }
    if (event.key === "Escape" && event.target !== box) box.focus();
  });
  document.addEventListener("click", function (event) {
    var line = event.target.closest("[data-mends]"), link = event.target.closest(".agenda a");
    if (line) mend(line.dataset.mends);
    if (link) { event.preventDefault(); goTo(link.dataset.item); }
  });
  form.addEventListener("change", function (event) { if (event.target.name === "number") { tell(); typedSoFar(); } });
  var undo = document.getElementById("undo");
  if (undo) undo.addEventListener("submit", function (event) { event.preventDefault(); takeBack(); });

  Hall["seen"] = function (fresh) {
    seen = fresh;
    Hall["box"]["remember"](hall, fresh, fresh["who"]).then(reread, function () {});
  };
  Hall["answered"] = function () {};
  Hall["told"] = function (state) {
    own["state"] = state;
    reread().catch(function () {});
  };
  Hall["page"] = {
    hall: hall, recorder: recorder, keep: keep, reread: reread, given: given, own: own,
    view: function () { return view; }, seen: function () { return seen; }
  };
  document.body.classList.add("hall-live");
  (Hall["restored"] || Promise.resolve()).then(function () { return Hall["box"]["about"](hall); }).then(function (row) {
    if (row["seen"] && String(row["seen"]["now"]) > String(seen["now"] || "")) seen = row["seen"];
  }).then(reread).then(function () {
    goOn();
    if (own["item"] !== null) goTo(own["item"], true);
    if (!recorder) Hall["sync"]["begin"]({ id: hall, json: given.dataset.json, sync: given.dataset.sync, scratch: given.dataset.scratch, csrf: form.querySelector("input[name=csrf_token]").value });
  }, function () { own["state"] = "broken"; Hall["draw"]["all"](view, own); });
  box.focus();
})();
