// Only enhances: without it the form saves, and keeps what it could not save, all the same.
//
// What is typed goes to the server as a draft a few seconds after the last key, and when the page
// is left. While there is no connection it waits on this device. Who leaves with something unsent
// is asked first; a quantity below the plan says so at once.
const form = document.querySelector('form.sheet-form');

function state(text) {
  const place = form.querySelector('.form-state');

  if (place) place.textContent = text;
}

function typed() {
  const data = new URLSearchParams();

  for (const [name, value] of new FormData(form)) data.append(name, value);
  data.set('step', form.dataset.step);
  return data;
}

const local = `meguri ${location.pathname}`;
let sent = '';
let timer = 0;
let leaving = false;

function keepHere(text) {
  try {
    localStorage.setItem(local, text);
    state(form.dataset.local);
  } catch {
    state(form.dataset.unsent);
  }
}

function forgetHere() {
  try {
    localStorage.removeItem(local);
  } catch {
    // a browser without storage has nothing to forget
  }
}

async function keep() {
  const data = typed();
  const text = data.toString();

  clearTimeout(timer);
  if (text === sent || leaving) return;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: 'POST',
      body: data,
      redirect: 'manual',
      keepalive: text.length < 60000,
    });

    // a redirect that is not followed has no status: it was taken
    if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error(String(answer.status));
    sent = text;
    forgetHere();
    if (!leaving) state(form.dataset.kept);
  } catch {
    keepHere(text);
  }
}

// What waited on this device goes back into the form.
function takeBack() {
  let text = null;

  try {
    text = localStorage.getItem(local);
  } catch {
    return;
  }
  if (!text) return;
  const data = new URLSearchParams(text);

  for (const [name, value] of data) {
    const field = form.elements.namedItem(name);

    if (!field || name === 'csrf' || name === 'seen' || name === 'seed') continue;
    if (field.type === 'checkbox') field.checked = value === '1';
    else if (field.type !== 'hidden') field.value = value;
  }
}

// 1,234.5 as people type it; NaN for anything else.
function number(text) {
  return Number(text.normalize('NFKC').replace(/[,\s]/g, '').match(/^-?\d+(\.\d+)?/)?.[0] ?? NaN);
}

function compare(row) {
  const field = row.querySelector('input[name$=".quantity"]');
  const short = Number(row.dataset.planned) - number(field.value);
  let note = row.querySelector('.short-by');

  if (!(short > 0)) {
    note?.remove();
    return;
  }
  if (!note) {
    note = document.createElement('p');
    note.className = 'short-by';
    note.setAttribute('role', 'status');
    field.after(note);
  }
  note.textContent = `${form.dataset.short} ${Number(short.toFixed(9))}`;
}

if (form) {
  const before = typed().toString();

  sent = before;
  // the server has what was sent: it is in this page, or saved
  if (form.dataset.answer || document.querySelector('.saved')) forgetHere();
  takeBack();
  if (typed().toString() !== before) keep();
  form.addEventListener('input', (event) => {
    const row = event.target.closest('[data-planned]');

    if (row) compare(row);
    state(form.dataset.unsent);
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  form.addEventListener('submit', (event) => {
    if (leaving) {
      event.preventDefault(); // a double click is one
      return;
    }
    // until the answer is there, what was typed is not safe
    try {
      localStorage.setItem(local, typed().toString());
    } catch {
      // the server keeps what it gets
    }
    leaving = true;
    setTimeout(() => {
      leaving = false;
    }, 10000);
  });
  window.addEventListener('pagehide', () => {
    if (typed().toString() !== sent && !leaving) keep();
  });
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && typed().toString() !== sent) event.preventDefault();
  });
  for (const row of form.querySelectorAll('[data-planned]')) compare(row);
}
