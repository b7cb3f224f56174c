async function register(worker) {
  const answer = await fetch("/vapid/public-key");
  const { key } = await answer.json();
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  await fetch("/vapid/subscribe", { method: "POST", body: JSON.stringify(subscription) });
}
