"""A Jupyter kernel that loads the libraries before it is asked anything."""

from __future__ import annotations

from reviu_lib.batch.engines import warm_up


def main() -> None:
    """Load the libraries, then serve as ipykernel does."""
    from ipykernel.kernelapp import launch_new_instance

    warm_up()
    launch_new_instance()


if __name__ == "__main__":
    main()
