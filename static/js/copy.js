/* A button that copies a text box. The old command also works on plain http; where it does not, the text is left selected. */
(function () {
  "use strict";
  function old(box) {
    box.focus();
    box.select();
    box.setSelectionRange(0, box.value.length);
    try { return document.execCommand("copy"); } catch (error) { return false; }
  }
  document.querySelectorAll("[data-copies]").forEach(function (place) {
    var box = document.getElementById(place.dataset.copies);
    if (!box) return;
    var button = document.createElement("button");
    var told = document.createElement("span");
    button.type = "button";
    button.className = "btn quiet";
    button.textContent = place.dataset.label;
    told.setAttribute("role", "status");
    button.addEventListener("click", function () {
      told.textContent = old(box) ? place.dataset.done : place.dataset.failed;
    });
    place.className = "row";
    place.appendChild(button);
    place.appendChild(told);
    place.hidden = false;
  });
})();
