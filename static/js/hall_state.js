/* The hall as this device sees it: what the server said last, and on top of it what was written here since, in order. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});

  /* The clock on a wall in China, whatever zone the computer is set to. */
  function time(iso) { return new Date(new Date(iso).getTime() + 8 * 3600000).toISOString().slice(11, 16); }
  function copy(what) { return JSON.parse(JSON.stringify(what)); }
  function person(view, facts) {
    if (facts["guest"]) return view["sheet"].find(function (one) { return one["key"] === facts["guest"]; });
    return view["sheet"].find(function (one) { return one["n"] === facts["number"] && (!facts["name"] || one["name"] === facts["name"]); });
  }
  function point(view, facts) {
    var item = facts["item_key"] || facts["item"];
    return view["agenda"].some(function (one) { return one["id"] === item; }) ? item : null;
  }
  function find(view, key) { return view["lines"].find(function (one) { return one["key"] === key; }); }
  function say(view, line, facts) {
    var who = person(view, facts);
    line["number"] = who ? who["n"] : null;
    line["name"] = who ? who["name"] : facts["name"] || "";
    line["seat"] = who ? who["seat"] : "";
    line["text"] = facts["text"];
    line["item"] = point(view, facts);
    line["as_remark"] = !!facts["as_remark"];
    line["attitude"] = facts["attitude"] || "";
  }
  var DO = {
    line: function (view, entry) {
      if (find(view, entry["key"])) return;
      var line = { key: entry["key"], n: null, time: time(entry["at"]), state: "draft", revision: 1, unsent: true, late: false };
      say(view, line, entry["facts"]);
      view["lines"].push(line);
    },
    mend: function (view, entry) {
      var line = find(view, entry["facts"]["target"]);
      if (!line || line["state"] !== "draft") return;
      say(view, line, entry["facts"]);
      line["revision"] += 1;
      line["unsent"] = true;
    },
    strike: function (view, entry) {
      var line = find(view, entry["facts"]["target"]);
      if (line) line["state"] = "struck";
    },
    arrive: function (view, entry) {
      var who = person(view, entry["facts"]);
      if (!who) return;
      if (!who["came"]) who["came"] = time(entry["at"]);
      who["left"] = "";
      who["unsent"] = true;
    },
    leave: function (view, entry) {
      var who = person(view, entry["facts"]);
      if (who) { who["left"] = time(entry["at"]); who["unsent"] = true; }
    },
    unarrive: function (view, entry) {
      var who = person(view, entry["facts"]);
      if (who) { who["came"] = who["left"] = ""; who["unsent"] = true; }
    },
    guest: function (view, entry) {
      var name = entry["facts"]["name"];
      var same = view["sheet"].find(function (one) { return one["name"] === name; });
      if (same) { same["key"] = same["key"] || entry["key"]; same["came"] = same["came"] || time(entry["at"]); return; }
      var last = view["sheet"].reduce(function (most, one) { return Math.max(most, one["n"]); }, 0);
      view["sheet"].push({
        n: last + 1, name: name, seat: entry["facts"]["seat"] || "", due: !!entry["facts"]["due"], came: time(entry["at"]), left: "",
        key: entry["key"], unsent: true
      });
    },
    item: function (view, entry) {
      view["agenda"].push({ id: entry["key"], key: entry["key"], n: view["agenda"].length + 1, title: entry["facts"]["title"], unsent: true });
    },
    point: function (view, entry) { view["current"] = point(view, entry["facts"]); },
    hands: function (view, entry) { view["hands"].push(Object.assign({ time: time(entry["at"]) }, entry["facts"])); },
    end: function (view, entry) {
      view["state"] = "ended";
      view["sheet"].forEach(function (one) { if (one["came"] && !one["left"]) one["left"] = time(entry["at"]); });
    }
  };
  Hall["view"] = function (seen, entries) {
    var view = copy(seen);
    view["hands"] = view["hands"] || [];
    view["counts"] = view["counts"] || {};
    entries.forEach(function (entry) { if (DO[entry["kind"]]) DO[entry["kind"]](view, entry); });
    view["lines"].forEach(function (line) {
      if (line["unsent"] && line["n"] === null && line["state"] !== "struck" && line["item"] !== null) view["counts"][line["item"]] = (view["counts"][line["item"]] || 0) + 1;
    });
    view["lines"] = view["lines"].filter(function (line) { return line["state"] !== "struck"; });
    view["due"] = view["sheet"].filter(function (one) { return one["due"]; }).length;
    view["came"] = view["sheet"].filter(function (one) { return one["due"] && one["came"]; }).length;
    view["unsent"] = entries.length;
    return view;
  };
  Hall["clock"] = time;
})();
