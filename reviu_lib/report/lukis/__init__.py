"""Drawing a figure at little cost: its layout measured once, its picture a small palette."""
