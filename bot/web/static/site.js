// What a page does better with a script. Without it everything can still be read and sent.
(function () {
  "use strict";

  // htmx sends what tells our own forms from others'.
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector('meta[name="csrf-token"]');
    if (token) event.detail.headers["X-CSRF-Token"] = token.content;
  });

  // Filters apply as soon as one is chosen; their button stays for those without a script.
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-auto")) form.requestSubmit();
  });

  // A list that follows what happens: the server says that something changed, the page asks for it.
  var live = document.querySelector("[data-live]");
  if (live && window.EventSource) {
    var marker = live.getAttribute("data-marker");
    var source = new EventSource(live.getAttribute("data-live"));
    var badge = document.querySelector("[data-live-badge]");
    source.addEventListener("open", function () { if (badge) badge.hidden = false; });
    source.addEventListener("error", function () { if (badge) badge.hidden = true; });
    source.addEventListener("stories", function (event) {
      if (event.data === marker) return;
      fetch(window.location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
          if (!fresh) return;
          var known = {};
          live.querySelectorAll("[data-story]").forEach(function (row) {
            known[row.getAttribute("data-story") + "." + row.getAttribute("data-revision")] = true;
          });
          live.replaceChildren.apply(live, Array.from(fresh.childNodes));
          marker = event.data;
          live.querySelectorAll("[data-story]").forEach(function (row) {
            var is = row.getAttribute("data-story") + "." + row.getAttribute("data-revision");
            if (!known[is]) row.classList.add("fresh");
          });
          var said = document.querySelector("[data-live-said]");
          if (said) said.textContent = said.getAttribute("data-live-said");
        })
        .catch(function () { /* the next change asks again */ });
    });
    window.addEventListener("pagehide", function () { source.close(); });
  }
})();
