/* The wall comes anew every few seconds without a flicker; what is shown stays when the network is gone. */
(function () {
  "use strict";
  var EVERY = 4000;
  function look() {
    fetch(window.location.href, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.ok && !response.redirected ? response.text() : ""; })
      .then(function (text) {
        var fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-projected]");
        var shown = document.querySelector("[data-projected]");
        if (fresh && !fresh.isEqualNode(shown)) shown.replaceWith(document.importNode(fresh, true));
      })
      .catch(function () {})
      .then(function () { window.setTimeout(look, EVERY); });
  }
  window.setTimeout(look, EVERY);
})();
