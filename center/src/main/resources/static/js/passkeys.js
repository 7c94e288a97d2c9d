/** Passkeys: each form says what it is for, where it asks and answers, and where it leads afterwards. */
const forms = document.querySelectorAll("form[data-passkey]");

if (window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON) {
    for (const form of forms) {
        form.hidden = false;
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            use(form);
        });
    }
}

async function use(form) {
    const failed = form.querySelector(".passkey__failed");
    failed.hidden = true;
    try {
        const question = await post(form, `${form.dataset.action}/options`);
        const isNew = form.dataset.passkey === "set-up";
        const credential = isNew
            ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
            : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
        const more = new URLSearchParams(isNew ? { label: form.elements.label.value } : { next: form.dataset.next });
        const answer = await post(form, `${form.dataset.action}?${more}`, credential.toJSON());
        location.assign(answer.next);
    } catch {
        failed.hidden = false;
    }
}

async function post(form, path, body) {
    const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept": "application/json", [form.dataset.header]: form.dataset.token },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
        throw new Error(`${path}: ${response.status}`);
    }
    return response.json();
}
