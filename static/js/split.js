/* Marks points of a remark: select words in the read-only box (mouse, finger, Shift and arrows), press Enter or the button.
   Ranges are counted in characters, as the server counts them. Without script every piece gets the number of its point. */
(function () {
  "use strict";
  var desk = document.querySelector("[data-split]");
  var list = document.querySelector("[data-points]");
  var say = document.getElementById("split-words");
  if (!desk || !list || !say) return;
  var boxes = Array.from(desk.querySelectorAll("textarea"));
  var form = desk.closest("form");
  var last = boxes[0];
  var plain = document.querySelector("[data-pieces]");
  plain.hidden = true;
  plain.disabled = true;
  desk.hidden = false;
  var exact = document.createElement("input");
  exact.type = "hidden";
  exact.name = "exact";
  exact.value = "1";
  form.appendChild(exact);
  function count(text) { return Array.from(text).length; }
  function read(item) {
    var found = /^(\w+):(\d+)-(\d+)$/.exec(item.dataset.span);
    return { part: found[1], start: Number(found[2]), stop: Number(found[3]) };
  }
  function tell(words) {
    var note = document.querySelector("[data-none]");
    note.textContent = words;
    note.hidden = !words;
  }
  function dress(item) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn text slim";
    button.textContent = say.dataset.remove;
    button.addEventListener("click", function () { item.remove(); tell(""); last.focus(); });
    item.appendChild(button);
  }
  function place(item) {
    var mine = read(item);
    var parts = boxes.map(function (box) { return box.dataset.part; });
    var after = Array.from(list.children).find(function (other) {
      var its = read(other);
      return parts.indexOf(its.part) > parts.indexOf(mine.part) || (its.part === mine.part && its.start > mine.start);
    });
    list.insertBefore(item, after || null);
  }
  function mark() {
    var from = last.selectionStart;
    var to = last.selectionEnd;
    var words = last.value.slice(from, to);
    if (!words.trim()) return tell(say.dataset.empty);
    var start = count(last.value.slice(0, from));
    var stop = start + count(words);
    var taken = Array.from(list.children).some(function (other) {
      var its = read(other);
      return its.part === last.dataset.part && its.start < stop && start < its.stop;
    });
    if (taken) return tell(say.dataset.over);
    var item = document.createElement("li");
    item.dataset.span = last.dataset.part + ":" + start + "-" + stop;
    var kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = "point";
    kept.value = item.dataset.span;
    var quoted = document.createElement("q");
    quoted.className = "keep";
    quoted.textContent = words;
    item.append(kept, quoted);
    dress(item);
    place(item);
    tell("");
    form.dispatchEvent(new Event("input"));
  }
  Array.from(list.children).forEach(dress);
  if (list.children.length) tell("");
  // a read-only box has no caret for the arrow keys: this one has, and whatever is typed is not taken
  boxes.forEach(function (box) {
    var words = box.value;
    box.readOnly = false;
    box.setAttribute("aria-readonly", "true");
    box.setAttribute("inputmode", "none");
    box.addEventListener("beforeinput", function (event) { event.preventDefault(); });
    box.addEventListener("input", function (event) {
      event.stopPropagation();
      if (box.value !== words) box.value = words;
    });
    box.addEventListener("focus", function () { last = box; });
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      mark();
    });
  });
  desk.querySelector("[data-mark]").addEventListener("click", mark);
})();
