/** The setting of the run itself, so that `OWN_EXECUTION=false npm test` runs the whole suite on the gateway's executor. */
export const executionSettings: NodeJS.ProcessEnv =
  process.env['OWN_EXECUTION'] === undefined ? {} : { OWN_EXECUTION: process.env['OWN_EXECUTION'] };
