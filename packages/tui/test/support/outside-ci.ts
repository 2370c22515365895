// To be imported before Ink, which asks once, when it is loaded, and draws nothing where CI is set, as it is where tests
// often run.
for (const name of Object.keys(process.env)) {
  if (name === 'CI' || name === 'CONTINUOUS_INTEGRATION' || name.startsWith('CI_')) delete process.env[name]
}
