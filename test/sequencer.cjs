const { default: Sequencer } = require('@jest/test-sequencer');

/** The tests that wait the longest. They run first, so that no worker is left alone with one at the end. */
const longest = [
  'test/end-to-end/live.test.ts',
  'checks/prove/prove.test.ts',
  'tools/commands.test.ts',
  'test/guides/guides.test.ts',
  'test/start.test.ts',
  'test/end-to-end/key-rotation.test.ts',
  'test/encrypted-connections.test.ts',
  'test/end-to-end/queues.test.ts',
  'tools/backup/backup.test.ts',
  'tools/rover.test.ts',
  'test/pgbouncer.test.ts',
];

/** More files than this are a run of all tests. */
const wholeRun = 200;

/** Jest knows how long a test took only after its first run on a machine: before, it goes by the size of the file. */
module.exports = class extends Sequencer {
  sort(tests) {
    const missing = longest.filter((file) => !tests.some(({ path }) => path.endsWith(file)));
    // A run of some files has only some of them.
    if (tests.length > wholeRun && missing.length > 0)
      throw new Error(`test/sequencer.cjs lists tests that do not exist: ${missing.join(', ')}`);
    const rank = ({ path }) => {
      const index = longest.findIndex((file) => path.endsWith(file));
      return index === -1 ? longest.length : index;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
