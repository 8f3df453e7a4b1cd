/* Asks before a page with unsent words is left; brings a form shown again to its list of faults. */
(function () {
  "use strict";
  var touched = false;
  document.querySelectorAll("form[data-guard]").forEach(function (form) {
    form.addEventListener("input", function () { touched = true; });
    form.addEventListener("submit", function () { touched = false; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (!touched) return;
    event.preventDefault();
    var words = document.getElementById("words");
    event.returnValue = words ? words.dataset.leave : "";
  });
  var faults = document.querySelector(".faults");
  if (faults) faults.focus();
})();
