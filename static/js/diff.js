/* Shows, while somebody writes the proposed wording, what goes and what comes against the text of the draft.
   Without script the button "compare" has the server do it. */
(function () {
  "use strict";
  var shown = document.querySelector("[data-diff]");
  var box = document.getElementById("wording");
  if (!shown || !box) return;
  var at = document.getElementById("at");
  var MOST = 1500;
  function stood() {
    var place = at ? at.value : "";
    var found = Array.from(document.querySelectorAll("[data-stood]")).find(function (one) {
      return one.dataset.stood === place;
    });
    return found ? found.content.textContent : "";
  }
  function steps(old, now) {
    var rows = [];
    for (var i = old.length; i >= 0; i -= 1) {
      rows[i] = new Uint16Array(now.length + 1);
      if (i === old.length) continue;
      for (var j = now.length - 1; j >= 0; j -= 1) {
        rows[i][j] = old[i] === now[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
      }
    }
    return rows;
  }
  function runs(old, now) {
    var rows = steps(old, now);
    var out = [];
    var i = 0;
    var j = 0;
    function add(kind, letter) {
      var end = out[out.length - 1];
      if (end && end.kind === kind) end.text += letter;
      else out.push({ kind: kind, text: letter });
    }
    while (i < old.length || j < now.length) {
      if (i < old.length && j < now.length && old[i] === now[j]) { add("", old[i]); i += 1; j += 1; }
      else if (j >= now.length || (i < old.length && rows[i + 1][j] >= rows[i][j + 1])) { add("del", old[i]); i += 1; }
      else { add("ins", now[j]); j += 1; }
    }
    return out;
  }
  function draw() {
    var old = Array.from(stood());
    var now = Array.from(box.value);
    var line = shown.querySelector("p");
    line.textContent = "";
    shown.closest("[data-diff-frame]").hidden = !now.length || !old.length || old.length > MOST || now.length > MOST;
    if (old.length > MOST || now.length > MOST || !now.length) return;
    runs(old, now).forEach(function (run) {
      var piece = run.kind ? document.createElement(run.kind) : document.createTextNode(run.text);
      if (run.kind) piece.textContent = run.text;
      line.appendChild(piece);
    });
  }
  var waiting = 0;
  box.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(draw, 120); });
  if (at) at.addEventListener("change", draw);
  draw();
})();
