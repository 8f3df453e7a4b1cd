/* Roll call, departures, people nobody had listed, points added, hands counted: in the console and the recorder, with or without a
   network, by keyboard (F2 and F4; Esc goes back to the box). */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var page = Hall["page"], draw = Hall["draw"];
  if (!page || !draw) return;
  var words = draw["words"];
  var roll = document.querySelector("[data-roll]"), hands = document.querySelector("[data-hands]"), more = document.querySelector("[data-new-point]");
  var numbers = document.getElementById("roll-numbers"), guest = document.getElementById("guest-name"), seat = document.getElementById("guest-seat");
  var title = document.getElementById("point-title"), why = document.querySelector("[data-hands-why]"), vote = document.getElementById("hands-vote");
  [roll, hands, more].forEach(function (one) { one.hidden = false; });
  document.querySelectorAll("[data-plain]").forEach(function (one) { one.hidden = true; });

  function button(label, aria, what, n) {
    var made = draw["element"]("button", label, "btn slim " + (what === "unarrive" ? "text" : "quiet"));
    made.type = "button";
    made.setAttribute("aria-label", aria);
    made.dataset.roll = what;
    made.dataset.n = n;
    return made;
  }
  Hall["drawRoll"] = function (view) {
    var votes = view["votes"] || [];
    vote.closest(".field").hidden = !votes.length;
    if (draw["changed"]("votes", votes)) {
      while (vote.options.length > 1) vote.options[1].remove();
      votes.forEach(function (one) { var made = draw["element"]("option", one["question"]); made.value = String(one["id"]); vote.appendChild(made); });
    }
    var counted = document.querySelector("[data-hands-list]");
    if (draw["changed"]("hands", view["hands"])) {
      counted.replaceChildren();
      view["hands"].forEach(function (one) { counted.appendChild(draw["element"]("li", draw.fill(words["counted"], one))); });
    }
    if (!draw["changed"]("roll", view["sheet"])) return;
    var list = roll.querySelector(".roll-people"), held = document.activeElement && document.activeElement.dataset.n;
    list.replaceChildren();
    view["sheet"].forEach(function (one) {
      var li = draw["element"]("li", "", "row"), name = one["n"] + "　" + one["name"];
      li.appendChild(draw["element"]("span", name));
      var state = one["came"] ? draw.fill(words["came"], { at: one["came"] }) + (one["left"] ? draw.fill(words.left, { at: one["left"] }) : "") : one["leave"] ? words.leave : words["absent"];
      li.appendChild(draw["element"]("span", state, "mute small"));
      if (!one["came"] || one["left"]) li.appendChild(button(words["come"], draw.fill(words["comeWho"], one), "arrive", one["n"]));
      else {
        li.appendChild(button(words["go"], draw.fill(words["goWho"], one), "leave", one["n"]));
        li.appendChild(button(words["undo"], draw.fill(words["undoWho"], one), "unarrive", one["n"]));
      }
      list.appendChild(li);
      if (held === String(one["n"])) li.querySelector("button").focus();
    });
  };
  function who(n) {
    var found = page.view()["sheet"].find(function (one) { return one["n"] === n; });
    if (!found) return null;
    return found["key"] ? { number: n, name: found["name"], guest: found["key"] } : { number: n, name: found["name"] };
  }
  function spread(text) {
    var found = [];
    text.split(/[\s,，、]+/).forEach(function (part) {
      var range = /^(\d{1,3})[-－—~至](\d{1,3})$/.exec(part);
      if (range) for (var n = parseInt(range[1], 10); n <= Math.min(parseInt(range[2], 10), 999); n += 1) found.push(n);
      else if (/^\d{1,3}$/.test(part)) found.push(parseInt(part, 10));
    });
    return found;
  }
  function sign(kind) {
    var left = [];
    var work = spread(numbers.value).reduce(function (before, n) {
      var facts = who(n), row = page.view()["sheet"].find(function (one) { return one["n"] === n; });
      var well = row && (kind === "arrive" ? !row["came"] || row["left"] : row["came"]);
      if (!well) { left.push(n); return before; }
      return before.then(function () { return page["keep"](kind, facts); });
    }, Promise.resolve());
    work.then(function () { numbers.value = left.join(" "); numbers.focus(); });
  }
  function figure(name) {
    var text = document.getElementById("hands-" + name).value.trim();
    return /^\d{1,5}$/.test(text) ? parseInt(text, 10) : null;
  }
  function count() {
    var facts = { present: figure("present"), for: figure("for"), against: figure("against"), abstain: figure("abstain") };
    var cast = facts["for"] + facts["against"] + facts["abstain"];
    var missing = Object.keys(facts).some(function (name) { return facts[name] === null; });
    why.hidden = !missing && cast <= facts["present"];
    why.textContent = missing ? words.figures : draw.fill(words["sum"], { cast: cast, present: facts["present"] });
    if (!why.hidden) return;
    facts["question"] = document.getElementById("hands-question").value.trim() || (vote.value ? vote.selectedOptions[0].textContent : document.querySelector("[data-now]").textContent);
    facts["teller"] = document.getElementById("hands-teller").value.trim();
    if (vote.value) facts["vote"] = parseInt(vote.value, 10);
    if (typeof page["own"]["item"] === "number") facts["item"] = page["own"]["item"];
    page["keep"]("hands", facts).then(function () {
      ["question", "for", "against", "abstain"].forEach(function (name) { document.getElementById("hands-" + name).value = ""; });
    });
  }
  roll.addEventListener("click", function (event) {
    var pressed = event.target.closest("button[data-roll]");
    if (pressed) page["keep"](pressed.dataset.roll, who(parseInt(pressed.dataset.n, 10)));
    else if (event.target.closest("[data-come]")) sign("arrive");
    else if (event.target.closest("[data-go]")) sign("leave");
    else if (event.target.closest("[data-guest]")) newcomer();
  });
  function newcomer() {
    var name = guest.value.trim();
    if (!name) { guest.focus(); return; }
    page["keep"]("guest", { name: name, seat: seat.value.trim(), due: page.view()["blank"] === true }).then(function () { guest.value = seat.value = ""; guest.focus(); });
  }
  function add() {
    var text = title.value.trim();
    if (!text) { title.focus(); return; }
    page["keep"]("item", { title: text }).then(function () { title.value = ""; title.focus(); });
  }
  function enter(field, then) {
    field.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      then();
    });
  }
  enter(numbers, function () { sign("arrive"); });
  enter(guest, newcomer);
  enter(seat, newcomer);
  enter(title, add);
  hands.querySelectorAll("input").forEach(function (field) { enter(field, count); });
  hands.querySelector("[data-count]").addEventListener("click", count);
  more.querySelector("[data-add-point]").addEventListener("click", add);
  document.addEventListener("keydown", function (event) {
    var wanted = event.key === "F2" ? roll : event.key === "F4" && !event.altKey ? hands : null;
    if (!wanted) return;
    event.preventDefault();
    wanted.open = true;
    wanted.querySelector(wanted === roll ? "#roll-numbers" : "#hands-question").focus();
  });
  page["reread"]();
})();
