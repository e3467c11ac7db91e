"""Beyond one machine: reports made on a Dask cluster, and copied to shared storage.

Checks stay where data/raw is; a report goes out with the processed tables it needs, which hold no
identity, and comes back as finished files. Dask and fsspec are loaded when one of them is named.
"""

from reviu_lib.batch.cluster.crew import open_cluster
from reviu_lib.batch.cluster.shared import copy_out, hide_secret

__all__ = ["copy_out", "hide_secret", "open_cluster"]
