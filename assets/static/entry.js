// Only enhances: without it a form sends the same, and the server stores a double click once.
//
// A second press while the first is on its way does nothing. Alt+R fills in the last entry again.
const line = document.querySelector('form.entry-line');

if (line) {
  let leaving = false;

  line.addEventListener('submit', (event) => {
    if (leaving) event.preventDefault();
    leaving = true;
    setTimeout(() => {
      leaving = false;
    }, 5000);
  });
  document.addEventListener('keydown', (event) => {
    if (event.altKey && event.code === 'KeyR') document.getElementById('entry-last')?.click();
  });
  // what is carried over from the last line is typed over at once: the focus may come before this
  // script or after it
  const first = line.querySelector('[autofocus]');

  first?.addEventListener('focus', () => first.select?.(), { once: true });
  if (first && document.activeElement === first) first.select?.();
}
