"""Measurements against the goals of the product; every figure stands beside a bare baseline of the same run."""
