/* The workbench by keyboard: J and K walk the remarks, X ticks, a number puts into the suggestion of that number, N writes a new one,
   S splits, G shows the groups, U goes to what can be taken back. Nothing happens while somebody types or holds Ctrl, Alt or the like.
   Suggestions can be dragged by their handle; their buttons do the same. */
(function () {
  "use strict";
  var pick = document.getElementById("pick");
  var slips = Array.from(document.querySelectorAll(".slipcard[id]"));
  var here = -1;
  var typed = "";
  var timer = 0;
  function box(slip) { return slip && slip.querySelector("input[type=checkbox]"); }
  function current() {
    var slip = document.activeElement && document.activeElement.closest(".slipcard[id]");
    if (slip) here = slips.indexOf(slip);
    return slips[here];
  }
  function walk(step) {
    current();
    var to = Math.min(Math.max(here + step, 0), slips.length - 1);
    if (!slips[to] || !box(slips[to])) return;
    here = to;
    box(slips[to]).focus();
    slips[to].scrollIntoView({ block: "center" });
  }
  function tickCurrent() {
    if (pick.querySelector("input[type=checkbox]:checked")) return true;
    var own = box(current());
    if (own) own.checked = true;
    return Boolean(own);
  }
  function press(number) {
    var end = number ? "/suggestions/" + number + "/merge" : "/suggestions/new";
    var button = Array.from(pick.querySelectorAll("button")).find(function (one) {
      return new URL(one.formAction, location.href).pathname.endsWith(end);
    });
    if (button && tickCurrent()) button.click();
  }
  function go(key) {
    var link = (key === "s" && current() ? current() : document).querySelector("[data-key=" + key + "]");
    if (link) link.click();
  }
  function digit(key) {
    typed += key;
    clearTimeout(timer);
    timer = setTimeout(function () {
      var number = typed;
      typed = "";
      press(number);
    }, 500);
  }
  function writing(target) {
    if (target.isContentEditable) return true;
    if (target.matches("textarea, select")) return true;
    return target.matches("input") && !/^(checkbox|radio|button|submit)$/.test(target.type);
  }
  if (pick) document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (writing(event.target)) return;
    var key = event.key.toLowerCase();
    if (key === "j") walk(1);
    else if (key === "k") walk(-1);
    else if (key === "x") { var own = box(current()); if (own) own.checked = !own.checked; }
    else if (/^[0-9]$/.test(key)) digit(key);
    else if (key === "n") press("");
    else if (key === "s" || key === "g") go(key);
    else if (key === "u") { var undo = document.querySelector("[data-undo] button"); if (undo) undo.focus(); }
    else return;
    event.preventDefault();
  });

  var order = document.querySelector("form[data-drag]");
  if (!order) return;
  var cards = function () { return Array.from(document.querySelectorAll(".sugg[data-sugg]")); };
  var held = null;
  function over(y) {
    return cards().find(function (card) {
      var edges = card.getBoundingClientRect();
      return card !== held && y < edges.top + Math.min(edges.height / 2, 60);
    });
  }
  function move(event) {
    if (!held) return;
    event.preventDefault();
    if (event.clientY < 60) window.scrollBy(0, -20);
    if (event.clientY > window.innerHeight - 60) window.scrollBy(0, 20);
    var before = over(event.clientY) || cards()[cards().length - 1].nextSibling;
    if (before !== held && before !== held.nextSibling) held.parentNode.insertBefore(held, before);
  }
  function drop() {
    if (!held) return;
    held.classList.remove("held");
    held = null;
    var now = cards().map(function (card) { return card.dataset.sugg; }).join(",");
    if (now === order.querySelector("[name=seen]").value) return;
    order.querySelector("[name=order]").value = now;
    order.submit();
  }
  // on the page, not on the handle: moving a card takes it out for a moment, and the pointer would be lost
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
  cards().forEach(function (card) {
    if (cards().length < 2) return;
    var handle = document.createElement("span");
    handle.className = "handle";
    handle.setAttribute("aria-hidden", "true");
    handle.title = order.dataset.drag;
    handle.textContent = "⠿";
    handle.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      held = card;
      card.classList.add("held");
    });
    card.querySelector("h3").prepend(handle);
  });
})();
