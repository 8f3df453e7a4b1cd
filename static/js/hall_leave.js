/* On a shared computer: once somebody has signed out, or somebody else has signed in, no page of a meeting stays in this browser.
   What was written and not sent stays, it is nobody's to throw away; it is shown only in the console, after signing in. */
(function () {
  "use strict";
  var words = document.getElementById("words");
  var kept = null;
  try { kept = window.localStorage.getItem("hall-kept"); } catch (blocked) { kept = null; }
  if (!words || kept === null || kept === words.dataset.who) return;
  var done = [];
  if (window.caches) done.push(window.caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf("hall:") === 0; }).map(function (name) { return window.caches.delete(name); }));
  }));
  if (navigator.serviceWorker) done.push(navigator.serviceWorker.getRegistrations().then(function (all) {
    return Promise.all(all.map(function (one) { return one.unregister(); }));
  }));
  if (window.indexedDB) done.push(new Promise(function (resolve) {
    var asked = window.indexedDB.open("yishiting-hall");
    asked.onerror = resolve;
    asked.onupgradeneeded = function () { asked.transaction.abort(); };
    asked.onsuccess = function () {
      var change = asked.result.transaction("halls", "readwrite"), halls = change.objectStore("halls"), all = halls.getAll();
      all.onsuccess = function () { all.result.forEach(function (row) { row["seen"] = null; halls.put(row); }); };
      change.oncomplete = change.onabort = function () { asked.result.close(); resolve(); };
    };
  }));
  Promise.all(done).then(function () { window.localStorage.removeItem("hall-kept"); document.body.dataset.left = "done"; }, function () {});
})();
