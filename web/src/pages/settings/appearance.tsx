import { useState } from 'react';
import { Section } from '../../components/page.tsx';
import { Segments } from '../../components/segments.tsx';
import { chosenTheme, chooseTheme, type Theme } from '../../theme.ts';

const themes: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' };

export function Appearance() {
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <Section title="Appearance">
      <Segments
        label="Theme"
        choices={themes}
        chosen={theme}
        onChange={(chosen) => {
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      />
    </Section>
  );
}
