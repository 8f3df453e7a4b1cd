/* Words selected in an article are carried to the page where one speaks. <div data-quote-to="address"> marks the links that lead there:
   they and the fixed link below get ?quote=…&at=eid, and one more link appears by the text. */
(function () {
  "use strict";
  var links = Array.from(document.querySelectorAll("[data-quote-to] a, .sticky a"));
  var target = document.querySelector("[data-quote-to]");
  var leaf = document.querySelector(".leaf");
  var words = document.getElementById("words");
  if (!target || !leaf || !words) return;
  var MOST = 300;
  var whole = links.map(function (link) { return link.href; });
  var offer = document.createElement("a");
  offer.className = "btn slim";
  offer.textContent = words.dataset.quote;
  var place = document.createElement("p");
  place.className = "acts";
  place.setAttribute("aria-live", "polite");
  place.hidden = true;
  place.appendChild(offer);
  function chosen() {
    var picked = window.getSelection();
    if (!picked || picked.isCollapsed || !picked.rangeCount) return null;
    var range = picked.getRangeAt(0);
    var from = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
    var to = range.endContainer.nodeType === 1 ? range.endContainer : range.endContainer.parentElement;
    var law = from && from.closest(".para > .law");
    var copy = document.createElement("div");
    copy.appendChild(range.cloneContents());
    copy.querySelectorAll(".at, .acts").forEach(function (extra) { extra.remove(); });
    var text = copy.textContent.trim();
    if (!law || !to || !law.contains(to) || !text || text.length > MOST) return null;
    return { text: text, para: law.parentElement };
  }
  function address(base, quote) {
    var url = new URL(base);
    url.searchParams.set("quote", quote.text);
    if (quote.para.id) url.searchParams.set("at", quote.para.id);
    return url.href;
  }
  function change() {
    var quote = chosen();
    if (!quote) return;
    links.forEach(function (link, n) { link.href = address(whole[n], quote); });
    offer.href = address(new URL(target.dataset.quoteTo, location.href).href, quote);
    quote.para.querySelector(".law").appendChild(place);
    place.hidden = false;
  }
  document.addEventListener("selectionchange", change);
})();
