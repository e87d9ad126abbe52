/** What the person has chosen; kept by the browser, and read again by public/theme.js before the page is drawn. */
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
    // Where the browser keeps nothing for pages, the choice lives as long as the page.
  }
}
