/* What was written in a hall, kept in this browser until it is safe elsewhere: one entry a thing, numbered without gaps a meeting,
   written through to the disk before it is shown as kept. Used by the console and by the offline recorder; works from a file. */
(function () {
  "use strict";
  var Hall = (window["Hall"] = window["Hall"] || {});
  var NAME = "yishiting-hall";
  var opened = null;

  function hex() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }
  function open() {
    if (!opened) {
      opened = new Promise(function (resolve, reject) {
        var asked = window.indexedDB.open(NAME, 1);
        asked.onupgradeneeded = function () {
          var base = asked.result;
          base.createObjectStore("entries", { keyPath: ["hall", "seq"] });
          base.createObjectStore("halls", { keyPath: "hall" });
        };
        asked.onblocked = asked.onerror = function () { opened = null; reject(asked.error || new Error("blocked")); };
        asked.onsuccess = function () {
          asked.result.onversionchange = function () { asked.result.close(); opened = null; };
          resolve(asked.result);
        };
      });
    }
    return opened;
  }
  /* Runs work(entries, halls) in one transaction; resolves with what `work` put into `out` once it is on the disk. */
  function within(mode, work) {
    return open().then(function (base) {
      return new Promise(function (resolve, reject) {
        var change = base.transaction(["entries", "halls"], mode, { durability: "strict" });
        var out = { value: undefined };
        change.oncomplete = function () { resolve(out.value); };
        change.onabort = change.onerror = function () { reject(change.error || new Error("aborted")); };
        work(change.objectStore("entries"), change.objectStore("halls"), out);
      });
    });
  }
  function range(hall) { return window["IDBKeyRange"]["bound"]([hall, 0], [hall, Infinity]); }
  function withHall(halls, hall, then) {
    var asked = halls.get(hall);
    asked.onsuccess = function () {
      then(asked.result || { hall: hall, device: hex(), next: 1, seen: null, who: null });
    };
  }

  Hall["hex"] = hex;
  var disk = {
    /* Keeps one thing; its number is given in the same transaction, so two tabs never share one. */
    write: function (hall, kind, facts, key) {
      return within("readwrite", function (entries, halls, out) {
        withHall(halls, hall, function (row) {
          var entry = {
            hall: hall, key: key || hex(), device: row["device"], seq: row["next"], kind: kind,
            at: new Date().toISOString(), facts: facts, state: "unsent"
          };
          row["next"] += 1;
          halls.put(row);
          entries.put(entry);
          out.value = entry;
        });
      });
    },
    /* Everything kept of a hall, in the order it was written. */
    all: function (hall) {
      return within("readonly", function (entries, halls, out) {
        out.value = [];
        var asked = entries.getAll(range(hall));
        asked.onsuccess = function () { out.value = asked.result; };
      });
    },
    /* What is safe on the server is forgotten here. */
    forget: function (hall, keys) {
      return within("readwrite", function (entries) {
        var asked = entries.openCursor(range(hall));
        asked.onsuccess = function () {
          var at = asked.result;
          if (!at) return;
          if (keys.indexOf(at.value.key) !== -1) at.delete();
          at.continue();
        };
      });
    },
    about: function (hall) {
      return within("readonly", function (entries, halls, out) {
        withHall(halls, hall, function (row) { out.value = row; });
      });
    },
    remember: function (hall, seen, who) {
      return within("readwrite", function (entries, halls) {
        withHall(halls, hall, function (row) { row["seen"] = seen; row["who"] = who; halls.put(row); });
      });
    },
    /* Brings entries of a saved file back into this browser (a recorder opened again elsewhere); what is there stays. */
    restore: function (hall, device, list) {
      return within("readwrite", function (entries, halls) {
        withHall(halls, hall, function (row) {
          var last = list.reduce(function (most, one) { return Math.max(most, one["seq"]); }, 0);
          if (row["next"] === 1) row["device"] = device;
          if (row["device"] !== device) return;
          list.forEach(function (one) {
            var asked = entries.get([hall, one["seq"]]);
            asked.onsuccess = function () { if (!asked.result) entries.put(Object.assign({}, one, { hall: hall, device: device })); };
          });
          row["next"] = Math.max(row["next"], last + 1);
          halls.put(row);
        });
      });
    },
    halls: function () {
      return within("readonly", function (entries, halls, out) {
        out.value = [];
        var asked = halls.getAll();
        asked.onsuccess = function () { out.value = asked.result; };
      });
    }
  };

  /* A browser that keeps nothing (a private window, some when opened from a file): only as long as the page is open, and it says so. */
  var rows = {}, lists = {};
  function row(hall) { return (rows[hall] = rows[hall] || { hall: hall, device: hex(), next: 1, seen: null, who: null }); }
  function list(hall) { return (lists[hall] = lists[hall] || []); }
  var memory = {
    write: function (hall, kind, facts, key) {
      var entry = { hall: hall, key: key || hex(), device: row(hall)["device"], seq: row(hall)["next"], kind: kind, at: new Date().toISOString(), facts: facts, state: "unsent" };
      row(hall)["next"] += 1;
      list(hall).push(entry);
      return entry;
    },
    all: function (hall) { return list(hall).slice(); },
    forget: function (hall, keys) { lists[hall] = list(hall).filter(function (one) { return keys.indexOf(one["key"]) === -1; }); },
    about: row,
    remember: function () {},
    restore: function (hall, device, kept) {
      row(hall)["device"] = device;
      lists[hall] = kept.slice();
      row(hall)["next"] = kept.reduce(function (most, one) { return Math.max(most, one["seq"]); }, 0) + 1;
    },
    halls: function () { return []; }
  };
  Hall["box"] = { lasting: true };
  Object.keys(disk).forEach(function (name) {
    Hall["box"][name] = function () {
      var given = arguments;
      return open().then(
        function () { return disk[name].apply(null, given); },
        function () { Hall["box"]["lasting"] = false; return memory[name].apply(null, given); }
      );
    };
  });
})();
