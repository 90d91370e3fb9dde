/* Schools that fit appear while the visitor types: the same page is asked as by the Find button, and its results take their place. */
(() => {
  const box = document.querySelector("[data-school-finder]");
  const results = document.querySelector("[data-school-results]");
  const status = document.querySelector("[data-school-status]");
  if (!box || !results || !status) return;
  const shortest = 3;
  const pause = 250;
  let timer = 0;
  let asked = null;
  let isLeaving = false;

  const find = async () => {
    const query = box.value.trim();
    if (query.length < shortest) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const address = new URL(window.location.href);
      address.searchParams.set("q", query);
      const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-school-results]");
      if (!found) return;
      const chosen = results.querySelector("input[type=radio]:checked")?.value;
      results.replaceChildren(...found.childNodes);
      status.replaceChildren(...page.querySelector("[data-school-status]").childNodes); /* read out: it was there before */
      for (const radio of results.querySelectorAll("input[type=radio]")) radio.checked = radio.value === chosen;
    } catch (error) {
      if (error.name !== "AbortError") asked = null; /* no connection: the Find button is still there */
    }
  };

  const findSoon = () => {
    window.clearTimeout(timer);
    if (!isLeaving) timer = window.setTimeout(find, pause);
  };
  box.addEventListener("input", findSoon);
  if (box.value !== box.defaultValue) findSoon(); /* typed before this script was there */

  /* The Find button loads the page anew: nothing may be offered, and chosen, on the page that is about to go. */
  box.form.addEventListener("submit", () => {
    isLeaving = true;
    window.clearTimeout(timer);
    asked?.abort();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false; /* back on this page, as it was left */
  });
})();
