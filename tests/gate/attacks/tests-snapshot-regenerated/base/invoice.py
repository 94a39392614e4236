def invoice(net):
    """Net, tax of a fifth, and gross, in cents."""
    tax = net // 10
    return {"net": net, "tax": tax, "gross": net + tax}
