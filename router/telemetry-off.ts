/**
 * By default the gateway reports its use to Apollo and queries cloud metadata addresses. Import this module before the
 * gateway: it disables both, however the router is started.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
