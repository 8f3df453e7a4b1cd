/* While something is being made, look again every few seconds; nobody's typing is disturbed, for there is nothing to type. */
(function () {
  "use strict";
  if (!document.querySelector("[data-making]")) return;
  setTimeout(function () { window.location.reload(); }, 4000);
})();
