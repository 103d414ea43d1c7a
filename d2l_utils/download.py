"""One file, downloaded from one mirror; imported by who downloads alone, for its libraries take their time."""

import time

import pooch
from requests import ConnectionError, Timeout
from tqdm import tqdm

from .errors import DataError

TIMEOUT = (5, 20)  # seconds to connect, and between two pieces of a download
PATIENCE = 30  # seconds until a download has to be as fast as SLOWEST
SLOWEST = 5_000  # bytes a second; the largest file, 26 MB, would take an hour and a half at that


class Progress(tqdm):
    """A progress bar that gives a download up when it hardly moves: a mirror that trickles never times out.

    Nothing of it stays when it is closed.
    """

    def __init__(self):
        super().__init__(ncols=79, unit="B", unit_scale=True, leave=False)
        self.start = time.monotonic()

    def __bool__(self):
        """Be true, as pooch asks whether there is a bar before it knows how much there is to fetch."""
        return True

    def update(self, n):
        """Count `n` bytes more; raise DataError if they came too slowly."""
        super().update(n)
        seconds = time.monotonic() - self.start
        if seconds > PATIENCE and self.n < SLOWEST * seconds:
            raise DataError(f"it sent fewer than {SLOWEST:,} bytes a second")


def download(url, folder):
    """Download one file into a folder.

    Parameters
    ----------
    url : str
        Where the file is.
    folder : str
        An existing folder.

    Returns
    -------
    bytes
        The file's content.

    Raises
    ------
    DataError
        If there is no connection, or no answer in time, or the file comes too slowly.
    """
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("ERROR")  # the progress bar says it all
    try:
        with Progress() as bar:
            path = pooch.retrieve(url, path=folder, downloader=pooch.HTTPDownloader(progressbar=bar, timeout=TIMEOUT))
    except Timeout:
        raise DataError(f"no answer within {TIMEOUT[1]} seconds") from None
    except ConnectionError:
        raise DataError("no connection, or it broke off") from None
    finally:
        logger.setLevel(level)
    with open(path, "rb") as file:
        return file.read()
