const url = `${base}/vapid/projects/${id}/rfis`;
