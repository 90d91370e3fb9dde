// Keeps a long form as it is typed: posts it in the background a moment after the last change, and again when the network is back.
// Without this script the form's own button saves it.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-autosave-status]");
  const revision = form.elements.namedItem("revision");
  const WAIT = 1500, AGAIN = 10000;
  let timer = null, running = null, dirty = false, stopped = false;

  const say = (text) => { status.textContent = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  async function send() {
    const data = new FormData(form);
    data.append("autosave", "1");
    try {
      const answer = await fetch(window.location.href, { method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json" } });
      if (!(answer.headers.get("content-type") || "").includes("json")) {
        stopped = true;
        say(form.dataset.autosaveLost);
        return;
      }
      const told = await answer.json();
      say(answer.ok ? told.message : told.error);
      if (answer.ok) {
        revision.value = told.revision;
      } else {
        dirty = true;
        stopped = answer.status === 409;
      }
    } catch {
      dirty = true;
      say(form.dataset.autosaveFailed);
      later(AGAIN);
    }
  }

  async function save() {
    if (stopped || !dirty || running) return;
    dirty = false;
    running = send();
    await running;
    running = null;
    if (dirty && !stopped) later(AGAIN);
  }

  form.addEventListener("input", () => { dirty = true; later(WAIT); });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      const pressed = event.submitter;
      await running;
      form.requestSubmit(pressed);
      return;
    }
    dirty = false;
    stopped = true;
  });
  window.addEventListener("online", () => later(0));
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
