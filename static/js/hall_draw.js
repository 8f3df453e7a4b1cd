/* Draws the hall: who is there, the agenda, the last lines, who may be chosen, what is not sent. Told again and again, it changes
   only what is different. Its words stand in the page. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var template = document.getElementById("line-words");
  if (!template) return;
  var words = template.dataset;
  var kinds = document.getElementById("kind-words").dataset;
  var nets = document.getElementById("net-words").dataset;
  var SHOWN = 12;
  var drawn = {};

  function fill(sentence, given) {
    return (sentence || "").replace(/\{(\w+)\}/g, function (whole, name) { return given[name] === undefined ? whole : given[name]; });
  }
  function element(name, text, cls) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  }
  function changed(what, now) {
    var said = JSON.stringify(now);
    if (drawn[what] === said) return false;
    drawn[what] = said;
    return true;
  }
  function tag(text, sign) {
    var made = element("span", text, "tag");
    made.dataset.sign = sign;
    return made;
  }
  function line(one, recorder) {
    var li = document.getElementById("line").content.firstElementChild.cloneNode(true);
    var unsent = one["unsent"] && !recorder;
    li.className = unsent ? "unsent" : "";
    if (one["n"] !== null) li.id = "l" + one["n"];
    li.dataset.key = one["key"];
    li.querySelector(".who").firstChild.textContent = one["name"] + " ";
    li.querySelector(".who .mute").textContent = one["seat"];
    li.querySelector(".meta").textContent = one["time"] + " " + (unsent ? words.unsent : recorder ? words.kept : words["saved"]);
    li.querySelector(".keep").textContent = one["text"];
    var below = element("p", "", "small");
    if (one["as_remark"]) below.appendChild(tag(words["remark"], "✎"));
    if (one["late"]) below.appendChild(tag(words["late"], "…"));
    if (one["state"] === "checked") below.appendChild(tag(words.checked, "●"));
    else {
      var mend = element("button", words["mend"], "btn text slim no-print");
      mend.type = "button";
      mend.dataset.mends = one["key"];
      mend.setAttribute("aria-label", one["n"] !== null ? fill(words.mends, { n: one["n"] }) : words["mendAny"]);
      below.appendChild(mend);
    }
    li.appendChild(below);
    return li;
  }
  function log(view, recorder) {
    var list = document.querySelector(".log");
    var shown = view["lines"].slice(-(recorder ? 60 : SHOWN));
    if (!changed("log", shown)) return;
    list.tabIndex = 0;
    list.replaceChildren();
    shown.forEach(function (one) { list.appendChild(line(one, recorder)); });
    if (!shown.length) {
      var li = element("li");
      li.appendChild(element("span", words["empty"], "mute"));
      list.appendChild(li);
    } else list.scrollTop = list.scrollHeight;
  }
  function heads(view) {
    document.getElementById("h-roll").textContent = fill(words["heads"], view);
  }
  function agenda(view, item) {
    var list = document.querySelector(".agenda");
    if (!list || !changed("agenda", [view["agenda"], view["counts"], item])) return;
    list.replaceChildren();
    view["agenda"].forEach(function (one) {
      var li = element("li"), link = element("a"), count = view["counts"][one["id"]] || 0;
      link.href = "?item=" + encodeURIComponent(one["id"]);
      link.dataset.item = one["id"];
      if (one["id"] === item) link.setAttribute("aria-current", "step");
      link.appendChild(element("kbd", String(one["n"])));
      link.appendChild(element("span", one["title"]));
      link.appendChild(element("span", count ? fill(words["lines"], { n: count }) : words["none"], "mute"));
      li.appendChild(link);
      list.appendChild(li);
    });
  }
  function keys(view, chosen) {
    var list = document.querySelector(".who-keys");
    var people = view["sheet"].map(function (one) { return [one["n"], one["name"], one["seat"]]; });
    if (!changed("keys", people)) return;
    list.replaceChildren();
    people.concat([[0, words["other"], words["otherSeat"]]]).forEach(function (one) {
      var li = document.getElementById("who-key").content.firstElementChild.cloneNode(true);
      var radio = li.querySelector("input");
      radio.value = String(one[0]);
      radio.checked = one[0] === chosen;
      li.querySelector("kbd").textContent = String(one[0]);
      li.querySelector("b").textContent = one[1];
      li.querySelector("small").textContent = one[2];
      list.appendChild(li);
    });
  }
  function bars(view) {
    var groups = [];
    view["sheet"].forEach(function (one) {
      if (!one["due"]) return;
      var group = groups.find(function (other) { return other.seat === one["seat"]; });
      if (!group) groups.push((group = { seat: one["seat"], due: 0, came: 0 }));
      group.due += 1;
      if (one["came"]) group.came += 1;
    });
    document.querySelectorAll(".roll-list > li").forEach(function (li) {
      var name = li.querySelector("span").textContent;
      var group = groups.find(function (one) { return one.seat === name; });
      if (!group) return;
      li.querySelector("b").textContent = group.came + "/" + group.due;
      li.querySelectorAll("rect")[1].setAttribute("width", String(100 * group.came / group.due));
    });
  }
  function net(view, state, unsent) {
    var line = document.querySelector("[data-net]");
    var n = unsent.length;
    var which = state === "safe" && n ? "sending" : state;
    line.hidden = which === "safe";
    line.querySelector("b").textContent = { offline: nets.offline, sending: nets.sending, "signed-out": nets["out"], refused: nets.refused, broken: nets.broken, leave: nets.refused }[which] || "";
    var says = { offline: n ? nets.offlineSays : nets["offlineNone"], sending: nets["sendingSays"], "signed-out": nets["outSays"], refused: nets["refusedSays"], broken: nets["brokenSays"], leave: nets.leave }[which] || "";
    line.querySelector("span").textContent = fill(says, { n: n });
    line.querySelector("[data-again]").hidden = which !== "signed-out";
    line.querySelector("[data-save]").hidden = !n;
    var details = document.querySelector("[data-unsent]");
    details.hidden = !n || which === "safe";
    if (!changed("unsent", unsent.map(function (one) { return one["key"]; }))) return;
    details.querySelector("summary").textContent = fill(nets["list"], { n: n });
    details.querySelector("ol").replaceChildren();
    unsent.forEach(function (one) {
      var facts = one["facts"];
      var says = [facts["name"] || "", facts["text"] || facts["title"] || facts["question"] || ""].filter(Boolean).join(" · ");
      details.querySelector("ol").appendChild(element("li", Hall["clock"](one["at"]) + " " + (kinds[one["kind"]] || "") + (says ? "　" + says : "")));
    });
  }
  function typing(view) {
    var line = document.querySelector("[data-typing]");
    var others = view["typing"] || [];
    if (!line) return;
    line.hidden = !others.length;
    line.textContent = others.map(function (one) { return fill(words["typing"], one); }).join("　");
  }
  function asks(view, address) {
    var line = document.querySelector("p[data-asks]");
    if (!line) return;
    line.hidden = !view["waiting"];
    line.querySelector("a").textContent = fill(nets["asks"], { n: view["waiting"] });
    line.querySelector("a").href = address;
  }
  Hall["draw"] = {
    fill: fill, element: element, changed: changed, words: words, nets: nets,
    all: function (view, now) {
      log(view, now["recorder"]);
      heads(view);
      bars(view);
      agenda(view, now["item"]);
      keys(view, now["number"]);
      typing(view);
      asks(view, now["asks"]);
      if (!Hall["box"]["lasting"]) now["state"] = now["state"] === "safe" ? "broken" : now["state"];
      if (!now["recorder"] || now["state"] === "broken") net(view, now["state"], now["unsent"]);
    }
  };
})();
