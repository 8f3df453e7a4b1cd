/* The scribe's page by keyboard: number + space changes the speaker, Enter takes the line down without loading anew, Ctrl+M marks it
   as a remark, Alt + number changes the point, Ctrl+Z in an empty box takes the last one back. What is not safe yet says so and is
   sent again, in order, under its own key, so that nothing comes twice. Without this script the same form works by itself. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-console]");
  if (!form || !window.fetch || !window.crypto) return;
  var box = form.querySelector("textarea[name=text]");
  var words = document.getElementById("line-words").dataset;
  var list = document.querySelector(".log");
  var net = document.querySelector("[data-net]");
  var marked = form.querySelector("input[name=as_remark]");
  var attitude = form.querySelector("select[name=attitude]");
  var undo = document.getElementById("undo");
  var now = document.querySelector("[data-now]");
  var label = form.querySelector('label[for="text"]');
  var plain = label.textContent;
  var waiting = [];
  var busy = false;

  function newKey() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }
  function speaker() { return form.querySelector("input[name=number]:checked"); }
  function choose(number) {
    var radio = form.querySelector('input[name=number][value="' + number + '"]');
    if (!radio) return false;
    radio.checked = true;
    tell();
    return true;
  }
  function tell() {
    var radio = speaker();
    label.textContent = radio ? radio.closest("label").innerText.replace(/\s+/g, "　") : plain;
  }
  function pending(text) {
    var li = document.getElementById("line").content.firstElementChild.cloneNode(true);
    var radio = speaker();
    var label = radio && radio.parentElement.querySelector("span");
    var seat = label && label.querySelector("small");
    var typed = form.querySelector("input[name=speaker]").value;
    li.querySelector(".who").firstChild.textContent = (radio && radio.value !== "0" && label ? label.firstChild.textContent : typed) + " ";
    li.querySelector(".who .mute").textContent = seat && radio.value !== "0" ? seat.textContent : "";
    li.querySelector(".keep").textContent = text;
    if (list.children.length === 1 && !list.querySelector(".who")) list.firstElementChild.remove();
    list.appendChild(li);
    if (list.children.length > 8) list.firstElementChild.remove();
    li.scrollIntoView({ block: "nearest" });
    return li;
  }
  function say(lost) {
    net.hidden = !lost;
    net.querySelector("span").textContent = lost ? net.dataset.lost : "";
  }
  function saved(one, answer) {
    one.li.className = "";
    one.li.id = "l" + answer["number"];
    one.li.querySelector(".who").firstChild.textContent = answer.name + " ";
    one.li.querySelector(".meta").textContent = answer["time"] + " " + words["saved"];
    var line = document.createElement("p");
    line.className = "small";
    if (one.remark) {
      var tag = document.createElement("span");
      tag.className = "tag";
      tag.dataset.sign = "✎";
      tag.textContent = words["remark"];
      line.appendChild(tag);
      line.appendChild(document.createTextNode(" "));
    }
    var mend = document.createElement("a");
    mend.href = answer["mend"];
    mend.textContent = words["mend"];
    line.appendChild(mend);
    one.li.appendChild(line);
  }
  function refused(one, sentence) {
    one.li.querySelector(".meta").textContent = words["refused"];
    var line = document.createElement("p");
    line.className = "small";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    one.li.appendChild(line);
    if (!box.value) box.value = one.text;
  }
  function pump() {
    if (busy || !waiting.length) return;
    busy = true;
    var one = waiting[0];
    fetch(form.action, { method: "POST", body: one.data, headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (response) {
        if (response.status >= 500) throw new Error("later");
        return response.json().then(function (answer) { return { ok: response.ok, answer: answer }; });
      })
      .then(function (got) {
        waiting.shift();
        busy = false;
        say(false);
        if (got.ok) saved(one, got.answer); else refused(one, got.answer.error || "");
        pump();
      })
      .catch(function () {
        busy = false;
        say(true);
        window.setTimeout(pump, 3000);
      });
  }
  function takeBack() {
    if (waiting.length) return;
    var data = new URLSearchParams(new FormData(undo));
    fetch(undo.action, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (response) { return response.json(); })
      .then(function (answer) {
        var li = document.getElementById("l" + answer["struck"]);
        if (li) li.remove();
        net.hidden = !answer.error;
        net.querySelector("span").textContent = answer.error || "";
        box.focus();
      })
      .catch(function () { say(true); });
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = box.value;
    if (!text.trim() || !speaker()) { (speaker() ? box : form.querySelector("input[name=number]")).focus(); return; }
    form.querySelector("input[name=key]").value = newKey();
    var data = new URLSearchParams(new FormData(form));
    waiting.push({ data: data, text: text, remark: marked && marked.checked, li: pending(text) });
    box.value = "";
    if (marked) marked.checked = false;
    if (attitude) attitude.value = "";
    box.focus();
    pump();
  });
  box.addEventListener("input", function () {
    var number = /^(\d{1,3})[ \u3000]$/.exec(box.value);
    if (number && choose(String(parseInt(number[1], 10)))) box.value = "";
  });
  box.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.ctrlKey && event.key.toLowerCase() === "m" && marked) {
      event.preventDefault();
      marked.checked = !marked.checked;
    } else if (event.ctrlKey && event.key.toLowerCase() === "z" && !box.value && !waiting.length) {
      event.preventDefault();
      takeBack();
    }
  });
  undo.addEventListener("submit", function (event) {
    event.preventDefault();
    takeBack();
  });
  document.addEventListener("keydown", function (event) {
    var digit = event.altKey && /^(?:Digit|Numpad)([1-9])$/.exec(event.code || "");
    if (!digit) return;
    var link = document.querySelectorAll(".agenda a")[digit[1] - 1];
    if (!link) return;
    event.preventDefault();
    document.querySelectorAll(".agenda a[aria-current]").forEach(function (old) { old.removeAttribute("aria-current"); });
    link.setAttribute("aria-current", "step");
    form.querySelector("input[name=item]").value = new URL(link.href).searchParams.get("item");
    now.textContent = link.querySelector("span").textContent;
    box.focus();
  });
  window.addEventListener("beforeunload", function (event) {
    if (!waiting.length) return;
    event.preventDefault();
    event.returnValue = net.dataset.lost;
  });
  form.querySelectorAll("input[name=number]").forEach(function (radio) { radio.addEventListener("change", tell); });
  tell();
  box.focus();
})();
