/* 「读给我听」 where the browser has a voice of its own; nothing is sent anywhere. */
(function () {
  "use strict";
  var words = document.getElementById("words");
  var voice = window.speechSynthesis;
  if (!words || !voice || !window.SpeechSynthesisUtterance) return;
  var speaking = null;
  function rest() {
    if (speaking) {
      speaking.textContent = words.dataset.aloud;
      speaking.setAttribute("aria-pressed", "false");
    }
    speaking = null;
  }
  function read(button, text) {
    var same = speaking === button;
    voice.cancel();
    rest();
    if (same) return;
    var said = new SpeechSynthesisUtterance(text.textContent);
    said.lang = text.lang || "zh-CN";
    said.rate = 0.9;
    said.onend = rest;
    said.onerror = rest;
    speaking = button;
    button.textContent = words.dataset.hush;
    button.setAttribute("aria-pressed", "true");
    voice.speak(said);
  }
  document.querySelectorAll("[data-aloud][data-look]").forEach(function (place) {
    var text = document.getElementById(place.dataset.aloud);
    if (!text) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn " + place.dataset.look;
    button.textContent = words.dataset.aloud;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () { read(button, text); });
    place.appendChild(button);
    place.hidden = false;
  });
  window.addEventListener("pagehide", function () { voice.cancel(); });
})();
