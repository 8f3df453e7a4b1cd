/* The contents open at the article being read; on a wide window the contents and the margin are open. Old browsers need this, new ones do it in CSS. */
(function () {
  "use strict";
  var elder = document.documentElement.classList.contains("elder");
  var wide = window.matchMedia("(min-width: 72rem)");
  var inCss = window.CSS && CSS.supports && CSS.supports("selector(::details-content)");
  function open() {
    if (elder || inCss || !wide.matches) return;
    document.querySelectorAll("details.toc, details.says").forEach(function (one) { one.open = true; });
  }
  function show() {
    var nav = document.querySelector(".toc nav");
    var here = nav && nav.querySelector("a[aria-current]");
    if (here && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.offsetTop - nav.clientHeight / 3;
  }
  open();
  show();
  document.querySelectorAll("details.toc").forEach(function (one) { one.addEventListener("toggle", show); });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
})();
