// Exit code 0 while this container's API answers.
fetch(`http://127.0.0.1:${process.env.ONEVISIT_PORT || '8100'}/healthz`, {
  signal: AbortSignal.timeout(4000),
})
  .then((response) => process.exit(response.ok ? 0 : 1))
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
