"""What `make lab` sets on the server, beside the user's own settings: to open a notebook isn't to change it."""

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Notebooks(AsyncLargeFileManager):
    """Keep the kernel's `language_info` out of the files, and show it to JupyterLab as if it stood there.

    JupyterLab writes it into each notebook that it opens, and takes the notebook for changed unless exactly this stood
    there before. It holds Python's version to the patch level, so that no saved file suits every machine.
    """

    async def get(self, path, content=True, type=None, **options):
        model = await super().get(path, content, type, **options)
        if model["type"] == "notebook" and content:
            model["content"]["metadata"]["language_info"] = IPythonKernel.language_info
        return model

    async def save(self, model, path=""):
        if model.get("type") == "notebook" and "content" in model:
            model["content"]["metadata"].pop("language_info", None)
        return await super().save(model, path)


c.ServerApp.contents_manager_class = Notebooks  # noqa: F821
