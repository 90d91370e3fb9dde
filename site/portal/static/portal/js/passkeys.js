/* Joins the passkey forms to allauth's scripts. A form says with data-passkey what it does: add, authenticate or login. */
(function () {
  "use strict";

  const FORMS = { add: "addForm", authenticate: "authenticateForm", login: "loginForm" };

  function join(form) {
    const ceremony = form.dataset.passkey;
    const button = form.querySelector("button[type=button]");
    const ids = { [ceremony]: button.id, credential: form.elements.credential.id };
    if (document.getElementById("passkey-options")) {
      ids.data = "passkey-options";
    }
    if (form.elements.passwordless) {
      ids.passwordless = form.elements.passwordless.id;
    }
    window.allauth.webauthn.forms[FORMS[ceremony]]({ ids: ids });
    document.addEventListener("allauth.error", function (event) {
      event.preventDefault();
      form.querySelector("[data-passkey-error]").hidden = false;
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(join);
})();
