"""`hexci mcp`: functions of ours as tools for other agents, over stdio, by the official SDK."""

import importlib
from collections.abc import Callable, Mapping

from hexci.errors import BadInputError

Offered = Mapping[str, Callable[..., str]]


def serve(offered: Offered) -> None:
    """Offers exactly these tools until the other side hangs up.

    A tool's description is its docstring, its parameters are the function's. Raises BadInputError
    when the SDK is not installed.
    """
    try:
        sdk = importlib.import_module("mcp.server")
    except ImportError as error:
        said = "the mcp package is not installed"
        raise BadInputError(said, "pip install 'hexci[mcp]'") from error
    server = sdk.MCPServer("hexci", log_level="ERROR")
    for name, function in offered.items():
        server.add_tool(function, name=name, structured_output=False)
    server.run("stdio")
