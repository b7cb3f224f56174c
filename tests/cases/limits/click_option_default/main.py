import click
import requests


@click.command()
@click.option("--base", default="https://api.procore.com/vapid", show_default=True)
@click.argument("project_id", type=int, default=3)
def main(base, project_id):
    requests.get(f"{base}/projects/{project_id}/rfis")


if __name__ == "__main__":
    main(standalone_mode=False)
