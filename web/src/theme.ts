/** The theme that the person has chosen. The browser stores it, and `public/theme.js` applies it before the page is drawn. */
export type Theme = 'system' | 'light' | 'dark';

function isTheme(value: string): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark';
}

export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset['theme'] ?? 'system';
  return isTheme(theme) ? theme : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // The browser stores nothing for this page: the choice lasts until it is reloaded.
  }
}
