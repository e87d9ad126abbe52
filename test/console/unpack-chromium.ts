import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflate } from '@sparticuz/chromium';

/** Unpacks the Chromium of the npm package, with its libraries and fonts, into the temporary folder of this process. */
const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
/** The package's own settings name folders that exist only on Amazon's machines. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

for (const archive of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(bin, archive));
writeFileSync(join(tmpdir(), 'fonts', 'fonts.conf'), fontSettings);
