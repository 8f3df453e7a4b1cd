/* Lets the console of one meeting open again without a network: its own page and what that page needs, nothing else. The network
   is always asked first; what is kept goes when the meeting is over or somebody signs out (hall_offline.js, hall_leave.js). */
(function () {
  "use strict";
  var base = self.location.pathname.replace(/worker\.js$/, "");
  var kept = "hall:" + base;
  var page = base + "console";
  var PATIENCE = 5000;

  function mine(url) {
    return url.origin === self.location.origin && (url.pathname === page || url.pathname.indexOf("/static/") !== -1);
  }
  function key(url) { return url.pathname === page ? page : url.pathname + url.search; }
  function fallback(request) {
    return self.caches ? self.caches.open(kept).then(function (box) { return box.match(key(new URL(request.url))); }) : Promise.resolve();
  }
  function inTime(request) {
    return new Promise(function (resolve, reject) {
      var timer = self.setTimeout(function () { reject(new Error("slow")); }, PATIENCE);
      self.fetch(request).then(function (response) { self.clearTimeout(timer); resolve(response); }, reject);
    });
  }
  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
  self.addEventListener("fetch", function (event) {
    var request = event.request;
    if (request.method !== "GET" || !mine(new URL(request.url))) return;
    event.respondWith(
      inTime(request).catch(function (fault) {
        return fallback(request).then(function (found) {
          if (found) return found;
          throw fault;
        });
      })
    );
  });
})();
