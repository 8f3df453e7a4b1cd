/* Puts a print button where the page has a place for one. WeChat's browser cannot print: no button there. */
(function () {
  "use strict";
  if (!window.print || /MicroMessenger/i.test(navigator.userAgent)) return;
  document.querySelectorAll("[data-printing]").forEach(function (place) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn " + place.dataset.look;
    button.textContent = place.dataset.printing;
    button.addEventListener("click", function () { window.print(); });
    place.appendChild(button);
    place.hidden = false;
  });
})();
