/* Sends what is kept here, in order, under its own keys, until the server has answered for each; looks now and then what others
   did. A session that ended meanwhile loses nothing: it asks to sign in and goes on. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var BATCH = 50, SOON = 3000, NOW_AND_THEN = 10000, PATIENCE = 20000;
  var state = { hall: null, busy: false, csrf: "", online: true, timer: 0, again: false };

  function ask(address, body) {
    var stop = window.AbortController ? new window.AbortController() : null;
    var timer = window.setTimeout(function () { if (stop) stop.abort(); }, PATIENCE);
    var given = { method: body ? "POST" : "GET", headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" };
    if (body) { given.headers["Content-Type"] = "application/json"; given.headers["X-CSRFToken"] = state["csrf"]; given.body = JSON.stringify(body); }
    if (stop) given.signal = stop.signal;
    return fetch(address, given).then(function (response) {
      window.clearTimeout(timer);
      var json = (response.headers.get("Content-Type") || "").indexOf("json") !== -1;
      if (response.status >= 500) throw new Error("later");
      return json ? response.json().then(function (said) { return { status: response.status, said: said }; }) : { status: 401, said: {} };
    }, function (fault) { window.clearTimeout(timer); throw fault; });
  }
  function tell(what) { Hall["told"](what); }
  function fresh() {
    return ask(state["hall"]["json"]).then(function (got) {
      if (got.status !== 200) { tell("signed-out"); return false; }
      take(got["said"]);
      return true;
    });
  }
  function take(seen) {
    state["csrf"] = seen["csrf"];
    state["online"] = true;
    Hall["seen"](seen);
  }
  function oldest(entries) { return entries.length ? entries[0]["seq"] : 0; }
  function body(entries, from) {
    var at = from ? Math.max(0, entries.findIndex(function (one) { return one["seq"] >= from; })) : 0;
    var batch = entries.slice(at, at + BATCH).map(function (one) {
      return { key: one["key"], seq: one["seq"], kind: one["kind"], at: one["at"], facts: one["facts"] };
    });
    return { device: entries[0]["device"], first: oldest(entries), sent_at: new Date().toISOString(), entries: batch };
  }
  function send(entries, from, tries) {
    return ask(state["hall"]["sync"], body(entries, from)).then(function (got) {
      if (got.status === 200) {
        var answers = got["said"]["answers"];
        return Hall["box"]["forget"](state["hall"]["id"], answers.map(function (one) { return one["key"]; })).then(function () {
          Hall["answered"](answers);
          take(got["said"]["hall"]);
          if (got["said"]["want"] && !answers.length) return tries ? send(entries, got["said"]["want"], tries - 1) : false;
          return true;
        });
      }
      if (tries && (got.status === 400 || got.status === 401 || got.status === 403)) {
        return fresh().then(function (known) { return known ? send(entries, from, tries - 1) : false; });
      }
      tell(got.status === 401 || got.status === 404 || got.status === 403 ? "signed-out" : "refused");
      return false;
    });
  }
  function round() {
    return Hall["box"]["all"](state["hall"]["id"]).then(function (entries) {
      if (!entries.length) return null;
      return send(entries, 0, 2).then(function (more) { return more ? round() : false; });
    });
  }
  function later(wait) {
    window.clearTimeout(state["timer"]);
    state["timer"] = window.setTimeout(pump, wait);
  }
  /* One run at a time; what is written while one runs is sent by the next. */
  function pump() {
    if (state["busy"]) { state["again"] = true; return; }
    state["busy"] = true;
    state["again"] = false;
    round()
      .then(function (sent) { return sent === null ? fresh().then(function (known) { return known; }) : sent; })
      .then(function (well) { if (well) tell("safe"); return well; }, function () { state["online"] = false; tell("offline"); return false; })
      .then(function (well) {
        state["busy"] = false;
        later(state["again"] ? 0 : well ? NOW_AND_THEN : SOON);
      });
  }
  Hall["sync"] = {
    begin: function (hall) {
      state["hall"] = hall;
      state["csrf"] = hall["csrf"];
      window.addEventListener("online", function () { later(0); });
      document.addEventListener("visibilitychange", function () { if (!document.hidden) later(0); });
      pump();
    },
    soon: function () { if (state["busy"]) state["again"] = true; else later(0); },
    scratch: function (what) {
      if (!state["online"] || !state["hall"]) return;
      ask(state["hall"]["scratch"], what).then(function () {}, function () {});
    }
  };
})();
