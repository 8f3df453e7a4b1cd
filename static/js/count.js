/* Says below a text box how many characters are written; the server counts again. A character outside the basic plane is one. */
(function () {
  "use strict";
  var words = document.getElementById("words");
  if (!words) return;
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return String(values[name]); });
  }
  function watch(box) {
    var most = Number(box.dataset.most);
    var line = document.createElement("p");
    line.className = "count";
    line.setAttribute("aria-live", "polite");
    box.insertAdjacentElement("afterend", line);
    function tell() {
      var n = Array.from(box.value).length;
      var over = n > most;
      line.classList.toggle("over", over);
      line.textContent = n === 0 ? "" : fill(over ? words.dataset.over : words.dataset.count, { n: n, most: most, over: n - most });
    }
    box.addEventListener("input", tell);
    tell();
  }
  document.querySelectorAll("[data-most]").forEach(watch);
})();
