def report(rows):
    """`rows` as lines, a header first, sums last."""
    lines = ["name,pieces"]
    lines += [f"{name},{count}" for name, count in rows]
    lines.append("sum,0")
    return "\n".join(lines) + "\n"
