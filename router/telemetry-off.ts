/**
 * The gateway reports its use to Apollo, and asks cloud metadata addresses where it runs, unless its environment says
 * otherwise. This is said here, and imported before the gateway, so that it holds in whatever way the router is started.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
