var url = $"/vapid/projects/{this.ProjectId}/incidents";
