/* Puts a button on a group of checkboxes that ticks them all, or takes all ticks away again. */
(function () {
  "use strict";
  document.querySelectorAll("[data-all]").forEach(function (group) {
    var boxes = Array.from(group.querySelectorAll("input[type=checkbox]"));
    if (boxes.length < 2) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet slim";
    button.textContent = group.dataset.all;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () {
      var on = boxes.some(function (box) { return !box.checked; });
      boxes.forEach(function (box) { box.checked = on; });
      button.setAttribute("aria-pressed", String(on));
    });
    var line = document.createElement("p");
    line.className = "row";
    line.appendChild(button);
    group.insertBefore(line, group.querySelector(".picks"));
  });
})();
