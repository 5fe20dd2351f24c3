// The only script: the print button, which can do nothing without one.
const button = document.getElementById('page-print');

if (button) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
