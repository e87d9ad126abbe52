// Applies the chosen theme before the page is drawn, so that the other one does not flash.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // The browser stores nothing for this page: it has the theme of the system.
}
